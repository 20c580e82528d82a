package analyzer

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"xunwen/internal/jieba"
	"xunwen/internal/textnorm"
)

// benchTexts returns texts of XUNWEN_CORPORA (see TestEvalSegmenter), or the samples.
func benchTexts(b *testing.B) []string {
	dir := os.Getenv("XUNWEN_CORPORA")
	if dir == "" {
		return sampleTexts(b)
	}
	const enough = 4 << 20
	var texts []string
	size := 0
	eachText(b, filepath.Join(dir, "broadcast.jsonl.gz"), func(text string) {
		if size < enough {
			texts, size = append(texts, text), size+len(text)
		}
	})
	return texts
}

// threadTime returns the CPU time of the current thread. On a machine that others use,
// it tells more than a clock.
func threadTime(b *testing.B) time.Duration {
	const thread = 1 // RUSAGE_THREAD
	var usage syscall.Rusage
	if err := syscall.Getrusage(thread, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkTexts measures what a build does with texts, in folded bytes.
func BenchmarkTexts(b *testing.B) {
	a := sharedAnalyzer(b)
	texts := benchTexts(b)
	folded, masked := make([]string, len(texts)), make([][]byte, len(texts))
	size := 0
	for i, text := range texts {
		folded[i] = a.FoldString(text)
		masked[i] = a.vocabulary.mask(nil, folded[i])
		size += len(folded[i])
	}
	var spans []jieba.Span
	terms := 0
	count := func(Token) { terms++ }
	cut := func(c cutter) func(i int) {
		return func(i int) { spans = c.CutForSearch(spans[:0], masked[i]) }
	}
	reference := eachCutters(b)[0]
	all := func(a *Analyzer) func(i int) {
		return func(i int) {
			f := a.FoldString(texts[i])
			a.EachWord(f, count)
			EachGram(f, count)
			EachJointGram(f, count)
		}
	}
	for _, c := range []struct {
		name string
		do   func(i int)
	}{
		{"cut/builtin", cut(a.cutter)},
		{"cut/gojieba", cut(reference.reference)},
		{"mask", func(i int) { masked[i] = a.vocabulary.mask(masked[i][:0], folded[i]) }},
		{"join", func(i int) { textnorm.Join(folded[i]) }},
		{"fold", func(i int) { a.Fold(texts[i]) }},
		{"words", func(i int) { a.EachWord(folded[i], count) }},
		{"grams", func(i int) { EachGram(folded[i], count) }},
		{"joint grams", func(i int) { EachJointGram(folded[i], count) }},
		{"all/builtin", all(a)},
		{"all/gojieba", all(reference.Analyzer)},
	} {
		b.Run(c.name, func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			b.ReportAllocs()
			loops, start := 0, threadTime(b)
			for b.Loop() {
				for i := range texts {
					c.do(i)
				}
				loops++
			}
			b.ReportMetric(float64(loops)*float64(size)/1e6/(threadTime(b)-start).Seconds(), "MB/CPU-s")
		})
	}
}
