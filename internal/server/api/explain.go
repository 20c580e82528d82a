package api

import "xunwen/internal/search"

// explainResponse holds the parts of a score, which add up to the hit's score.
type explainResponse struct {
	Parts []scorePartResponse `json:"parts"`
}

type scorePartResponse struct {
	Part      search.PartName     `json:"part"`
	Score     float64             `json:"score"` // share × value
	Share     float64             `json:"share"`
	Value     float64             `json:"value"`
	Paragraph int                 `json:"paragraph"`
	Words     int                 `json:"words"`
	Grams     int                 `json:"grams"`
	Terms     []termScoreResponse `json:"terms"`
}

type termScoreResponse struct {
	Term      string  `json:"term"`
	Channel   string  `json:"channel"`
	Frequency int     `json:"frequency"`
	Weight    float64 `json:"weight"`
	Score     float64 `json:"score"`
}

// newExplainResponse returns nil for nil.
func newExplainResponse(x *search.Explanation) *explainResponse {
	if x == nil {
		return nil
	}
	a := &explainResponse{Parts: make([]scorePartResponse, len(x.Parts))}
	for i, p := range x.Parts {
		terms := make([]termScoreResponse, len(p.Terms))
		for j, t := range p.Terms {
			terms[j] = termScoreResponse(t)
		}
		a.Parts[i] = scorePartResponse{p.Name, p.Score, p.Share, p.Value, p.Paragraph, p.Words, p.Grams, terms}
	}
	return a
}
