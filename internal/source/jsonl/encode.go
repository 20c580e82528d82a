package jsonl

import (
	"io"

	"github.com/go-json-experiment/json"

	"xunwen/internal/news"
)

// Encode writes an article as one line in which every member is present.
// Decode reads it back as it was.
func Encode(w io.Writer, a *news.Article) error {
	line, err := json.Marshal(a)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
