package jsonl

import (
	"io"

	"github.com/go-json-experiment/json"

	"xunwen/internal/news"
)

// Encode writes an article as one line with all members. Decode reads it back unchanged.
func Encode(w io.Writer, a *news.Article) error {
	line, err := json.Marshal(a)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
