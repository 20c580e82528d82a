package server

import "xunwen/internal/search"

// explainAnswer is a score taken apart: the scores of its parts add up to the
// hit's.
type explainAnswer struct {
	Parts []scorePartAnswer `json:"parts"`
}

type scorePartAnswer struct {
	Part      search.PartName   `json:"part"`
	Score     float64           `json:"score"` // share × value
	Share     float64           `json:"share"`
	Value     float64           `json:"value"`
	Paragraph int               `json:"paragraph"`
	Words     int               `json:"words"`
	Grams     int               `json:"grams"`
	Terms     []termScoreAnswer `json:"terms"`
}

type termScoreAnswer struct {
	Term      string  `json:"term"`
	Channel   string  `json:"channel"`
	Frequency int     `json:"frequency"`
	Weight    float64 `json:"weight"`
	Score     float64 `json:"score"`
}

// newExplainAnswer returns nil for nil.
func newExplainAnswer(x *search.Explanation) *explainAnswer {
	if x == nil {
		return nil
	}
	a := &explainAnswer{Parts: make([]scorePartAnswer, len(x.Parts))}
	for i, p := range x.Parts {
		terms := make([]termScoreAnswer, len(p.Terms))
		for j, t := range p.Terms {
			terms[j] = termScoreAnswer(t)
		}
		a.Parts[i] = scorePartAnswer{p.Name, p.Score, p.Share, p.Value, p.Paragraph, p.Words, p.Grams, terms}
	}
	return a
}
