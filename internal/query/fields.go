package query

import (
	"slices"
	"strings"
	"unicode"
)

// dateField and lengthField are the fields of date: and length: in the lexer; their
// values are DateRange and Length nodes.
const (
	dateField   FieldName = "date"
	lengthField FieldName = "length"
)

// fieldNames maps what users write before the colon, in lower case, to fields.
var fieldNames = map[string]FieldName{
	"title": Title, "标题": Title, "標題": Title,
	"lead": Lead, "导语": Lead, "導語": Lead,
	"section": Section, "小标题": Section, "小標題": Section,
	"source": Source, "来源": Source, "來源": Source,
	"byline": Byline, "作者": Byline,
	"publication": Publication, "报纸": Publication, "報紙": Publication,
	"page": Page, "版次": Page,
	"page_name": PageName, "版名": PageName,
	"kind": Kind,
	"date": dateField, "日期": dateField,
	"length": lengthField, "字数": lengthField, "字數": lengthField,
}

// shortNames are the spellings with the fewest characters.
var shortNames = map[FieldName]string{
	Title: "标题", Lead: "导语", Section: "小标题", Source: "来源", Byline: "作者", Publication: "报纸",
	Page: "版次", PageName: "版名", Kind: "kind", dateField: "日期", lengthField: "字数",
}

// longestName is the length of "publication", the longest of fieldNames.
const longestName = 11

// nameAt reads a field's name and its colon from the start of text; a length of 0
// means that there is none.
func nameAt(text []rune) (name FieldName, length int) {
	for i, r := range text {
		if i > longestName {
			break
		}
		if r != ':' && r != '：' {
			continue
		}
		if name, known := fieldNames[strings.ToLower(string(text[:i]))]; known {
			return name, i + 1
		}
		break
	}
	return "", 0
}

// hasField reports whether a word reads as a field and its value.
func hasField(word string) bool {
	text := []rune(word)
	_, length := nameAt(text)
	if length == 0 || length == len(text) || isClosing(text[length]) {
		return false
	}
	return readsAsField(text[:length], text[length:])
}

// readsAsValue reports whether a word after a field's name with its colon and a space is
// meant as the field's value.
func readsAsValue(name, word []rune) bool {
	switch field, _ := nameAt(name); field {
	case dateField:
		_, err := parseDate(string(word), 0)
		return err == nil
	case lengthField:
		_, err := parseLength(string(word), 0)
		return err == nil
	}
	return readsAsField(name, word)
}

// readsAsField reports whether a field's name with its colon and the text right after it
// are meant as a field. A Chinese name also begins headlines and sentences, such as
// 日期：2025年的第一场雪: it is text before what can't be one of its values, unless that
// looks like a wrong one.
func readsAsField(name, value []rune) bool {
	field, _ := nameAt(name)
	if isPlainRun(name[:1]) {
		return true
	}
	letters, signs := "", ""
	switch field {
	case dateField:
		letters = "年月日号tz"
	case lengthField:
		letters, signs = "字", "<>≥≤"
	case Page:
		return slices.ContainsFunc(value, unicode.IsNumber) || isQuote(value[0]) || isBracket(value[0])
	default:
		return true
	}
	isPart := func(r rune) bool { return isDigit(r) || strings.ContainsRune(signs, narrow(r)) }
	return slices.ContainsFunc(value, isPart) && !slices.ContainsFunc(value, func(r rune) bool {
		return unicode.IsLetter(r) && !strings.ContainsRune(letters, unicode.ToLower(narrow(r)))
	})
}

// isText reports whether a field is searched as text; all others have values.
func (f FieldName) isText() bool { return f == Title || f == Section || f == Lead }

// inBookTitles reports whether values of a field are often written as 《…》.
func inBookTitles(f FieldName) bool { return f == Publication || f == Source || f == PageName }

// withoutBookTitle returns a value without the 《》 around it, or the 《 before it that
// is not closed.
func withoutBookTitle(n Node) Node {
	switch n := n.(type) {
	case *Word:
		text := insideBookTitle(n.Text)
		if text == "" && !strings.Contains(n.Text, "》") {
			text = strings.TrimLeft(n.Text, "《")
		}
		if text != "" && text != n.Text && !isLead([]rune(text)[0]) {
			return wordNode([]rune(text))
		}
	case *Phrase:
		if text := insideBookTitle(n.Text); text != "" {
			return &Phrase{Text: text}
		}
	}
	return n
}

// insideBookTitle returns what is between 《 and 》, "" for a text that is not
// one title.
func insideBookTitle(text string) string {
	inside, opened := strings.CutPrefix(text, "《")
	inside, closed := strings.CutSuffix(inside, "》")
	if !opened || !closed || strings.ContainsAny(inside, "《》") || !hasSearchable([]rune(inside)) {
		return ""
	}
	return inside
}
