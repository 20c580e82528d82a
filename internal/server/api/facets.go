package api

import "xunwen/internal/search"

// facetsResponse is the member facets of an answer with facets=1.
type facetsResponse struct {
	Publication []valueResponse  `json:"publication"`
	Section     []valueResponse  `json:"section"`
	Source      []valueResponse  `json:"source"`
	PageName    []valueResponse  `json:"page_name"`
	Date        []periodResponse `json:"date"`
}

type valueResponse struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

type periodResponse struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

// newFacetsResponse returns nil if no facets were requested, and empty lists if there is
// nothing to count.
func newFacetsResponse(asked bool, f *search.Facets) *facetsResponse {
	if !asked {
		return nil
	}
	if f == nil {
		f = &search.Facets{}
	}
	a := &facetsResponse{
		Publication: valueResponses(f.Publication), Section: valueResponses(f.Section),
		Source: valueResponses(f.Source), PageName: valueResponses(f.PageName),
		Date: make([]periodResponse, 0, len(f.Date)),
	}
	for _, p := range f.Date {
		a.Date = append(a.Date, periodResponse{p.From, p.To, p.Count})
	}
	return a
}

func valueResponses(list []search.ValueCount) []valueResponse {
	out := make([]valueResponse, 0, len(list))
	for _, v := range list {
		out = append(out, valueResponse{v.Value, v.Count})
	}
	return out
}
