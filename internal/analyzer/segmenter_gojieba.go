package analyzer

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/yanyiwu/gojieba"

	"xunwen/internal/jieba"
)

// gojiebaCutter is cppjieba, by cgo.
type gojiebaCutter struct{ *gojieba.Jieba }

// Cut implements cutter.
func (g gojiebaCutter) Cut(dst []jieba.Span, text []byte) []jieba.Span {
	return g.tokenize(dst, text, gojieba.DefaultMode)
}

// CutForSearch implements cutter.
func (g gojiebaCutter) CutForSearch(dst []jieba.Span, text []byte) []jieba.Span {
	return g.tokenize(dst, text, gojieba.SearchMode)
}

func (g gojiebaCutter) tokenize(dst []jieba.Span, text []byte, mode gojieba.TokenizeMode) []jieba.Span {
	defer runtime.KeepAlive(g.Jieba) // its finalizer frees what Tokenize reads
	for _, w := range g.Tokenize(string(text), mode, true) {
		dst = append(dst, jieba.Span{Start: w.Start, End: w.End, Guessed: true}) // gojieba does not tell
	}
	return dst
}

// What cppjieba gets instead of the word weights and stop words of keyword
// extraction: it requires a line of each. The real weights would waste memory.
const (
	stubWeights   = "x 1\n"
	stubStopWords = "x\n"
)

// loadGojieba builds a Jieba. cppjieba only accepts paths and aborts the process if it
// can't open one or read a line, so it gets pipes: it reads exactly what was checked,
// whatever the name of the folder contains ('|' and ';' separate paths for it).
func loadGojieba(d jieba.Dictionary) (gojiebaCutter, error) {
	var pipes []*pipe
	var paths []string
	for _, text := range []string{
		wordLines(d.Words), modelLines(d.Model), wordLines(d.UserWords), stubWeights, stubStopWords,
	} {
		p, err := newPipe(text)
		if err != nil {
			return gojiebaCutter{}, errors.Join(err, finish(pipes))
		}
		pipes, paths = append(pipes, p), append(paths, p.path)
	}
	g := gojieba.NewJieba(paths...)
	if err := finish(pipes); err != nil {
		g.Free()
		return gojiebaCutter{}, err
	}
	return gojiebaCutter{g}, nil
}

// wordLines returns lines of word, frequency and tag, which is not used.
func wordLines(words []jieba.Word) string {
	var out []byte
	for _, w := range words {
		out = append(append(out, w.Text...), ' ')
		format := byte('g') // C reads fewer forms than Go
		if w.Frequency == float64(int(w.Frequency)) {
			format = 'f' // C reads frequencies of user words as integers
		}
		out = strconv.AppendFloat(out, w.Frequency, format, -1, 64)
		out = append(out, " x\n"...)
	}
	return string(out)
}

// modelLines returns the lines of cppjieba's file of the model.
func modelLines(m jieba.Model) string {
	var out strings.Builder
	for _, line := range append([]jieba.Probabilities{m.Start}, m.Transitions[:]...) {
		numbers := make([]string, len(line))
		for i, p := range line {
			numbers[i] = formatProbability(p)
		}
		out.WriteString(strings.Join(numbers, " ") + "\n")
	}
	characters := slices.Sorted(maps.Keys(m.Emissions))
	slices.Reverse(characters) // a line that begins with # would be a comment
	for state := range jieba.States {
		var pairs []string
		for _, r := range characters {
			pairs = append(pairs, string(r)+":"+formatProbability(m.Emissions[r][state]))
		}
		out.WriteString(strings.Join(pairs, ",") + "\n")
	}
	return out.String()
}

func formatProbability(p float64) string { return strconv.FormatFloat(p, 'g', -1, 64) }

// pipe is a path from which a text can be read once.
type pipe struct {
	path    string
	reader  *os.File
	written chan error // the result of the writer
}

func newPipe(text string) (*pipe, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("opening a pipe for jieba's dictionaries: %w", err)
	}
	p := &pipe{path: fmt.Sprintf("/dev/fd/%d", reader.Fd()), reader: reader, written: make(chan error, 1)}
	if _, err := os.Stat(p.path); err != nil {
		return nil, errors.Join(fmt.Errorf("jieba reads its dictionaries from /dev/fd, which is missing: %w", err),
			reader.Close(), writer.Close())
	}
	go func() {
		_, err := writer.WriteString(text)
		p.written <- errors.Join(err, writer.Close())
	}()
	return p, nil
}

// finish closes the pipes and waits for their writers. It fails if a text was
// not read to its end.
func finish(pipes []*pipe) error {
	var errs []error
	for _, p := range pipes {
		p.reader.Close()
		if err := <-p.written; err != nil {
			errs = append(errs, fmt.Errorf("jieba did not read its dictionaries to the end: %w", err))
		}
	}
	return errors.Join(errs...)
}
