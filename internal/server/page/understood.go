package page

import (
	"strconv"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// understood says in plain words how a query was read, nil where that is just what was
// typed.
func understood(w *wording.Words, q param.Search) richText {
	if q.Query == nil || query.Literal(q.Text, q.Query) {
		return nil
	}
	return inWords(w, q.Query)
}

// inWords writes a query's tree in the words of a language.
func inWords(w *wording.Words, n query.Node) richText {
	u := w.Understood
	switch n := n.(type) {
	case *query.Word:
		if query.IsNameAsText(n) {
			return interpolate(u.Text, n.Text)
		}
		return sourceText(n.Text)
	case *query.Phrase:
		return interpolate(u.Phrase, n.Text)
	case *query.Prefix:
		return interpolate(u.Prefix, n.Text)
	case *query.And:
		return allInWords(w, n)
	case *query.Or:
		return listInWords(w, n.Nodes, u.Or)
	case *query.Not:
		return insert(u.Not, operandInWords(w, n.Node))
	case *query.Field:
		return insert(fieldInWords(w, n.Name), valueInWords(w, n))
	case *query.DateRange:
		return insert(u.Dated, uiText(w.DateSpan(n.From, n.To)))
	case *query.Length:
		return lengthInWords(w, n)
	}
	return relationInWords(w, n)
}

// relationInWords writes operands in a relation and operands that are counted.
func relationInWords(w *wording.Words, n query.Node) richText {
	u := w.Understood
	switch n := n.(type) {
	case *query.Near:
		words := make([]richText, len(n.Words))
		for i, word := range n.Words {
			words[i] = sourceText(word)
		}
		return join("", join(u.With, words...), uiText(w.CharactersApart(n.Distance)))
	case *query.Proximity:
		between := u.With
		if n.Relation == query.Before {
			between = u.Before
		}
		return join("", inWords(w, n.Left), uiText(between), inWords(w, n.Right), uiText(distanceInWords(w, n)))
	case *query.Occurrences:
		return join("", inWords(w, n.Node), uiText(w.AtLeastTimes(n.Min)))
	}
	return sourceText(n.String())
}

func distanceInWords(w *wording.Words, n *query.Proximity) string {
	switch {
	case n.Relation == query.SameSentence && n.Distance == 0:
		return w.Understood.SameSentence
	case n.Relation == query.SameSentence:
		return w.SentencesApart(n.Distance)
	case n.Relation == query.SameParagraph && n.Distance == 0:
		return w.Understood.SameParagraph
	case n.Relation == query.SameParagraph:
		return w.ParagraphsApart(n.Distance)
	}
	return w.CharactersApart(n.Distance)
}

// allInWords writes conditions that all must hold: words with a space between, others
// with a comma.
func allInWords(w *wording.Words, n *query.And) richText {
	var out richText
	for i, part := range n.Nodes {
		switch {
		case i == 0:
		case isPlain(n.Nodes[i-1]) && isPlain(part):
			out = append(out, run{Text: " "})
		default:
			out = append(out, run{Text: w.Comma()})
		}
		out = append(out, operandInWords(w, part)...)
	}
	return out
}

// isPlain reports whether a condition is a few words that need no comma.
func isPlain(n query.Node) bool {
	switch n := n.(type) {
	case *query.Word, *query.Phrase:
		return true
	case *query.Not:
		return isPlain(n.Node)
	}
	return false
}

// operandInWords puts brackets around what is joined by a weaker word.
func operandInWords(w *wording.Words, n query.Node) richText {
	switch n.(type) {
	case *query.Or, *query.And:
		opening, closing := w.Brackets()
		return join("", uiText(opening), inWords(w, n), uiText(closing))
	}
	return inWords(w, n)
}

func listInWords(w *wording.Words, nodes []query.Node, between string) richText {
	parts := make([]richText, len(nodes))
	for i, n := range nodes {
		parts[i] = operandInWords(w, n)
	}
	return join(between, parts...)
}

// valueInWords writes a field's value.
func valueInWords(w *wording.Words, n *query.Field) richText {
	word, ok := n.Node.(*query.Word)
	switch {
	case ok && n.Name == query.Page:
		return sourceText(news.PageNumber(word.Text))
	case ok && n.Name == query.Kind && kindWords(w, news.Kind(word.Text)) != "":
		return uiText(kindWords(w, news.Kind(word.Text)))
	}
	return operandInWords(w, n.Node)
}

// fieldInWords is what a field says of its value, with a slot for it.
func fieldInWords(w *wording.Words, name query.FieldName) string {
	u := w.Understood
	return map[query.FieldName]string{
		query.Title: u.InTitle, query.Lead: u.InLead, query.Section: u.InSection,
		query.Source: u.BySource, query.Byline: u.ByByline, query.Publication: u.Newspaper,
		query.Page: u.OnPage, query.PageName: u.OnPageNamed, query.Kind: u.OfKind,
	}[name]
}

func lengthInWords(w *wording.Words, n *query.Length) richText {
	u := w.Understood
	atLeast := insert(u.LongerText, uiText(strconv.Itoa(n.Min)))
	atMost := insert(u.ShorterText, uiText(strconv.Itoa(n.Max)))
	switch {
	case n.Min == n.Max:
		return insert(u.Sized, uiText(strconv.Itoa(n.Min)))
	case n.Max == 0:
		return atLeast
	case n.Min == 0:
		return atMost
	}
	return join(w.Comma(), atLeast, atMost)
}
