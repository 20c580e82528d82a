package server

import "xunwen/internal/search"

// facetsAnswer is what /api/v1/search answers with facets=1.
type facetsAnswer struct {
	Publication []valueAnswer  `json:"publication"`
	Section     []valueAnswer  `json:"section"`
	Source      []valueAnswer  `json:"source"`
	PageName    []valueAnswer  `json:"page_name"`
	Date        []periodAnswer `json:"date"`
}

type valueAnswer struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

type periodAnswer struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

// newFacetsAnswer returns nil where facets are not asked for; where they are
// and there is nothing to count, empty lists.
func newFacetsAnswer(asked bool, f *search.Facets) *facetsAnswer {
	if !asked {
		return nil
	}
	if f == nil {
		f = &search.Facets{}
	}
	a := &facetsAnswer{
		Publication: valueAnswers(f.Publication), Section: valueAnswers(f.Section),
		Source: valueAnswers(f.Source), PageName: valueAnswers(f.PageName),
		Date: make([]periodAnswer, 0, len(f.Date)),
	}
	for _, p := range f.Date {
		a.Date = append(a.Date, periodAnswer{p.From, p.To, p.Count})
	}
	return a
}

func valueAnswers(list []search.ValueCount) []valueAnswer {
	out := make([]valueAnswer, 0, len(list))
	for _, v := range list {
		out = append(out, valueAnswer{v.Value, v.Count})
	}
	return out
}
