package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/record"
	"xunwen/internal/source"
	"xunwen/internal/suggest"
	"xunwen/internal/textnorm"
)

// BenchmarkStages measures the processor time of a build's stages other than segmentation
// and inversion, each alone, in seconds of user and system time. XUNWEN_BENCH names a folder
// with articles.jsonl; XUNWEN_BENCH_INDEX may name an index of it, for the lexicon.
func BenchmarkStages(b *testing.B) {
	dir := os.Getenv("XUNWEN_BENCH")
	if dir == "" {
		b.Skip("XUNWEN_BENCH is not set")
	}
	path := filepath.Join(dir, "articles.jsonl")
	articles := stageArticles(b, path)
	words, err := analyzer.Open(stageDictionaries(b))
	if err != nil {
		b.Fatal(err)
	}
	defer words.Close()
	s := &stages{words: words, articles: articles, records: b.TempDir()}
	b.Run("read", func(b *testing.B) { s.cpu(b, func() { s.read(b, path) }) })
	b.Run("store", func(b *testing.B) { s.cpu(b, func() { s.store(b) }) })
	b.Run("get", func(b *testing.B) { s.cpu(b, func() { s.get(b) }) })
	b.Run("latency", s.latency)
	b.Run("fold", func(b *testing.B) { s.cpu(b, s.fold) })
	b.Run("join", func(b *testing.B) { s.foldAll(); s.cpu(b, s.join) })
	b.Run("grams", func(b *testing.B) { s.foldAll(); s.cpu(b, s.grams) })
	b.Run("joint", func(b *testing.B) { s.foldAll(); s.cpu(b, s.joint) })
	b.Run("sign", func(b *testing.B) { s.foldAll(); s.cpu(b, s.sign) })
	b.Run("groups", func(b *testing.B) { s.foldAll(); s.sign(); s.cpu(b, func() { s.groups(b) }) })
	b.Run("mine", func(b *testing.B) { s.segmentAll(); s.cpu(b, s.mine) })
	b.Run("lexicon", s.lexicon)
}

// stages has what several stages need.
type stages struct {
	words      *analyzer.Analyzer
	articles   []*news.Article
	records    string
	folded     []string
	tokens     [][]uint32 // by text: starts and ends
	signatures []neardup.Signature
	miner      *suggest.Miner
}

// cpu reports the processor time of one run and its throughput.
func (s *stages) cpu(b *testing.B, run func()) {
	b.ReportAllocs()
	began := processTime(b)
	for b.Loop() {
		run()
	}
	b.ReportMetric((processTime(b)-began).Seconds()/float64(b.N), "cpu-s")
}

func processTime(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

func stageDictionaries(b *testing.B) string {
	dir := b.TempDir()
	if err := analyzer.Install(dir, ""); err != nil {
		b.Fatal(err)
	}
	return dir
}

func stageArticles(b *testing.B, path string) []*news.Article {
	var out []*news.Article
	readStage(b, path, func(a *news.Article) { out = append(out, a) })
	return out
}

func readStage(b *testing.B, path string, visit func(*news.Article)) {
	inputs, err := source.Expand([]string{path})
	if err != nil {
		b.Fatal(err)
	}
	for e, err := range source.Read(b.Context(), inputs, source.Options{Origins: true}) {
		if err != nil {
			b.Fatal(err)
		}
		if e.Article != nil {
			visit(e.Article)
		}
	}
}

func (s *stages) read(b *testing.B, path string) { readStage(b, path, func(*news.Article) {}) }

func (s *stages) store(b *testing.B) {
	w, err := record.Create(s.records)
	if err != nil {
		b.Fatal(err)
	}
	keep := make([]int, len(s.articles))
	for i, a := range s.articles {
		keep[i] = i
		if err := w.Add(a); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Finish(keep); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(s.records, record.File))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}

func (s *stages) get(b *testing.B) {
	st := s.open(b)
	defer st.Close()
	for i := range st.Len() {
		if _, err := st.Get(i); err != nil {
			b.Fatal(err)
		}
	}
}

func (s *stages) open(b *testing.B) *record.Store {
	st, err := record.Open(s.records)
	if err != nil {
		b.Fatal(err)
	}
	return st
}

// latency reads records one by one, nearly all from blocks that are in no cache.
func (s *stages) latency(b *testing.B) {
	const step, reads = 7919, 500 // step is a prime
	at := 0
	var took []time.Duration
	for b.Loop() {
		st := s.open(b)
		for range reads {
			at = (at + step) % st.Len()
			began := processTime(b)
			if _, err := st.Get(at); err != nil {
				b.Fatal(err)
			}
			took = append(took, processTime(b)-began)
		}
		if err := st.Close(); err != nil {
			b.Fatal(err)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-cpu-us")
	b.ReportMetric(float64(took[len(took)*95/100].Nanoseconds())/1000, "p95-cpu-us")
}

func (s *stages) texts(visit func(string)) {
	for _, a := range s.articles {
		visit(a.Title)
		for i := range a.Paragraphs {
			visit(a.Paragraphs[i].Text)
		}
	}
}

func (s *stages) fold() { s.texts(func(t string) { s.words.FoldString(t) }) }

func (s *stages) foldAll() {
	if s.folded == nil {
		s.texts(func(t string) { s.folded = append(s.folded, s.words.FoldString(t)) })
	}
}

func (s *stages) join() {
	for _, t := range s.folded {
		textnorm.Join(t)
	}
}

func (s *stages) grams() {
	for _, t := range s.folded {
		analyzer.EachGram(t, func(analyzer.Token) {})
	}
}

func (s *stages) joint() {
	for _, t := range s.folded {
		analyzer.EachJointGram(t, func(analyzer.Token) {})
	}
}

func (s *stages) sign() {
	var signer neardup.Signer
	s.signatures = s.signatures[:0]
	folded := s.folded
	for _, a := range s.articles {
		signer.AddHeading(folded[0])
		for _, p := range folded[1:][:len(a.Paragraphs)] {
			signer.AddParagraph(p)
		}
		folded = folded[1+len(a.Paragraphs):]
		s.signatures = append(s.signatures, signer.Sign())
	}
}

func (s *stages) groups(b *testing.B) {
	c := neardup.Comparer{Fold: s.words.Folder}
	st := s.open(b)
	defer st.Close()
	if _, _, err := c.Groups(b.Context(), s.signatures, nil, st.Get); err != nil {
		b.Fatal(err)
	}
}

func (s *stages) segmentAll() {
	s.foldAll()
	if s.tokens != nil {
		return
	}
	for _, t := range s.folded {
		var spans []uint32
		s.words.EachWord(t, func(t analyzer.Token) { spans = append(spans, uint32(t.Start), uint32(t.End)) })
		s.tokens = append(s.tokens, spans)
	}
}

func (s *stages) mine() {
	s.miner = suggest.NewMiner(minedDictionary(s.words), 1)
	at := 0
	for _, a := range s.articles {
		for range 1 + len(a.Paragraphs) {
			s.miner.Begin(textnorm.Join(s.folded[at]))
			for k := 0; k < len(s.tokens[at]); k += 2 {
				s.miner.Add(int(s.tokens[at][k]), int(s.tokens[at][k+1]), true)
			}
			s.miner.EndDocument()
			at++
		}
		s.miner.EndArticle()
	}
}

// lexicon counts the terms of an index and what may be suggested.
func (s *stages) lexicon(b *testing.B) {
	out := os.Getenv("XUNWEN_BENCH_INDEX")
	if out == "" {
		b.Skip("XUNWEN_BENCH_INDEX is not set")
	}
	current, err := generation.In(out).Current()
	if err != nil {
		b.Fatal(err)
	}
	m, _, err := index.ReadManifest(generation.In(out), current)
	if err != nil {
		b.Fatal(err)
	}
	settings, err := index.ReadSettings(m)
	if err != nil {
		b.Fatal(err)
	}
	if s.miner == nil {
		s.segmentAll()
		s.mine()
	}
	work := &builder{dir: generation.In(out).Dir(m.Generation), words: s.words}
	for _, info := range settings.Volumes {
		v, err := index.OpenVolume(work.dir, info, nil)
		if err != nil {
			b.Fatal(err)
		}
		work.volumes = append(work.volumes, v)
	}
	work.mined = s.miner
	s.cpu(b, func() {
		_, err := work.countLexicon(context.WithoutCancel(b.Context()), settings.Volumes, nil, func() {})
		if err != nil {
			b.Fatal(err)
		}
	})
}
