package index

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"xunwen/internal/suggest"
)

// LexiconFile has the words and character pairs of a generation with their counts (package
// suggest), compressed. Counting them takes seconds, reading the file about 30 ms.
const LexiconFile = "lexicon.bin"

// WriteLexicon writes LexiconFile at path.
func WriteLexicon(path string, lexicon *suggest.Lexicon) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(compress(f, lexicon.Write), f.Close())
}

// ReadLexicon reads LexiconFile at path.
func ReadLexicon(path string) (*suggest.Lexicon, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return decodeLexicon(data)
}

// decodeLexicon decodes the bytes of LexiconFile.
func decodeLexicon(data []byte) (*suggest.Lexicon, error) {
	d, err := decompress(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", LexiconFile, err)
	}
	defer d.Close()
	lexicon, err := suggest.Read(d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", LexiconFile, err)
	}
	return lexicon, nil
}
