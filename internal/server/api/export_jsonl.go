package api

import (
	"encoding/json"
	"io"
)

// jsonLines writes an object a line: the description of the export, then each hit
// as in a search, or each match with the data of its article.
type jsonLines struct {
	enc     *json.Encoder
	matches bool
}

type matchRow struct {
	articleResponse
	keyword
}

func newJSONLines(w io.Writer, matches bool) jsonLines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return jsonLines{enc, matches}
}

func (j jsonLines) begin(h exportHead) error { return j.enc.Encode(h) }
func (j jsonLines) flush() error             { return nil }

func (j jsonLines) row(r exportRow) error {
	if j.matches {
		return j.enc.Encode(matchRow{newArticleResponse(r.hit), r.match})
	}
	return j.enc.Encode(newHitResponse(r.hit))
}
