package page

import (
	"xunwen/internal/search"
	"xunwen/internal/server/examples"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// homeOperators and helpOperators list the operators of the home page and of the help
// page, simple ones first.
var (
	homeOperators = []examples.Operator{
		examples.BothWords, examples.ExactPhrase, examples.EitherWord, examples.WithoutWord,
		examples.InTitle, examples.InMonth,
	}
	helpOperators = []examples.Operator{
		examples.BothWords, examples.ExactPhrase, examples.EitherWord, examples.WithoutWord, examples.NotWord,
		examples.GroupedWords, examples.InTitle, examples.InLead, examples.InFields,
		examples.InMonth, examples.InDays, examples.SinceMonth,
		examples.NearWords, examples.WordsWithin, examples.WordsInOrder, examples.OneSentence, examples.OneParagraph,
		examples.ManyTimes, examples.LongTexts, examples.WordPrefix,
	}
)

// meaningOf returns an explanation of an operator.
func meaningOf(o examples.Operator, w *wording.Words) string {
	return map[examples.Operator]string{
		examples.BothWords:    w.Home.BothWords,
		examples.ExactPhrase:  w.Home.ExactPhrase,
		examples.EitherWord:   w.Home.EitherWord,
		examples.WithoutWord:  w.Home.WithoutWord,
		examples.NotWord:      w.Help.Not,
		examples.GroupedWords: w.Help.Grouping,
		examples.InTitle:      w.Home.InTitle,
		examples.InLead:       w.Help.InLead,
		examples.InFields:     w.Help.InFields,
		examples.InMonth:      w.Home.InPeriod,
		examples.InDays:       w.Help.InDays,
		examples.SinceMonth:   w.Help.Since,
		examples.NearWords:    w.Help.Near,
		examples.WordsWithin:  w.Help.Within,
		examples.WordsInOrder: w.Help.InOrder,
		examples.OneSentence:  w.Help.OneSentence,
		examples.OneParagraph: w.Help.OneParagraph,
		examples.ManyTimes:    w.Help.ManyTimes,
		examples.LongTexts:    w.Help.LongTexts,
		examples.WordPrefix:   w.Help.Prefix,
	}[o]
}

// example is a query, or a key, and what it means.
type example struct {
	Text, Means string
	Link        string // "" for a key
}

// listExamples returns the examples of some operators.
func listExamples(set *examples.Set, w *wording.Words, operators []examples.Operator) []example {
	var out []example
	for _, o := range operators {
		text := set.Query(o).In(w.Language)
		if text == "" {
			continue
		}
		q := param.Search{By: search.ByArticle, Sort: search.ByRelevance, Size: param.DefaultSize}.WithText(text)
		out = append(out, example{Text: text, Means: meaningOf(o, w), Link: q.Results()})
	}
	return out
}
