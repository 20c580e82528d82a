package main

import (
	"fmt"

	"xunwen/internal/source"
)

const (
	// minConfidence is the confidence below which a file is listed for a person to
	// check: among pages with known articles, those below have three times as many
	// wrong headlines as those above.
	minConfidence = 0.5
	// maxLowConfidence bounds the list; further files are only counted.
	maxLowConfidence = 1000
)

// lowConfidenceFile is a file with the least confidence of its articles.
type lowConfidenceFile struct {
	File       string  `json:"file"`
	Confidence float64 `json:"confidence"`
}

func (f lowConfidenceFile) String() string {
	return fmt.Sprintf("%s: read with a confidence of %.2f: check it with indexer parse --explain",
		source.OneLine(f.File), f.Confidence)
}

// lowConfidence collects the files with an article of low confidence. The
// articles of a file must be added one after another.
type lowConfidence struct {
	n     int
	files []lowConfidenceFile
	last  string // the file that was counted last
}

func (l *lowConfidence) add(file string, confidence float64) {
	if confidence >= minConfidence {
		return
	}
	if l.n > 0 && file == l.last {
		if k := len(l.files) - 1; l.files[k].File == file {
			l.files[k].Confidence = min(l.files[k].Confidence, confidence)
		}
		return
	}
	l.n++
	l.last = file
	if len(l.files) < maxLowConfidence {
		l.files = append(l.files, lowConfidenceFile{file, confidence})
	}
}
