package analyzer

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"xunwen/internal/textnorm"
)

// Names under which bleve knows the tokenizers and analyzers of this package.
// The jieba ones take the config key "dict", the folder of dictionaries (see
// Install); without it they take gojieba's own, which is right for trying
// things out, while an index that is kept should carry its dictionaries.
// bleve gives no sign when it is done with an analyzer: its memory is freed
// when Go's garbage collector finds it.
const (
	WordsTokenizer = "jieba"
	GramsTokenizer = "han_grams"
	WordsAnalyzer  = "jieba_words"
	GramsAnalyzer  = "han_grams"
	DictKey        = "dict"
)

func init() {
	must := func(err error) {
		if err != nil { // a name given twice in one program: a programming error
			panic(err)
		}
	}
	must(registry.RegisterTokenizer(WordsTokenizer, newWordsTokenizer))
	must(registry.RegisterTokenizer(GramsTokenizer, newGramsTokenizer))
	must(registry.RegisterAnalyzer(WordsAnalyzer, newWordsAnalyzer))
	must(registry.RegisterAnalyzer(GramsAnalyzer, newGramsAnalyzer))
}

func newWordsTokenizer(config map[string]any, _ *registry.Cache) (analysis.Tokenizer, error) {
	a, err := openConfigured(config)
	if err != nil {
		return nil, err
	}
	return tokenizer{a.Words}, nil
}

func openConfigured(config map[string]any) (*Analyzer, error) {
	value, given := config[DictKey]
	if !given {
		folder, name, err := dictionaries()
		if err != nil {
			return nil, err
		}
		return open(folder, name)
	}
	dir, ok := value.(string)
	if !ok || dir == "" {
		return nil, fmt.Errorf("%s: %q is %v: want the path of a folder of dictionaries", WordsTokenizer, DictKey, value)
	}
	return Open(dir)
}

func newGramsTokenizer(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
	return tokenizer{Grams}, nil
}

// newWordsAnalyzer shares the cache's tokenizer with others that name no
// folder, so that one index loads the dictionaries once.
func newWordsAnalyzer(config map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
	build := func() (analysis.Tokenizer, error) { return newWordsTokenizer(config, cache) }
	if _, given := config[DictKey]; !given {
		build = func() (analysis.Tokenizer, error) { return cache.TokenizerNamed(WordsTokenizer) }
	}
	t, err := build()
	if err != nil {
		return nil, err
	}
	return &analysis.DefaultAnalyzer{Tokenizer: t}, nil
}

func newGramsAnalyzer(_ map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
	t, err := cache.TokenizerNamed(GramsTokenizer)
	if err != nil {
		return nil, err
	}
	return &analysis.DefaultAnalyzer{Tokenizer: t}, nil
}

// tokenizer folds text, cuts it and maps the tokens to the original.
type tokenizer struct{ cut func(folded string) []Token }

// Tokenize gives tokens whose Start and End are bytes of input. Tokens that
// begin at the same character share a position, which counts beginnings.
func (t tokenizer) Tokenize(input []byte) analysis.TokenStream {
	folded := textnorm.Fold(string(input))
	cut := t.cut(folded.Text)
	tokens := make([]analysis.Token, len(cut))
	stream := make(analysis.TokenStream, len(cut))
	position, start := 0, -1
	for i, c := range cut {
		if c.Start != start {
			position, start = position+1, c.Start
		}
		kind := analysis.AlphaNumeric
		if hasHan(c.Term) {
			kind = analysis.Ideographic
		}
		tokens[i] = analysis.Token{
			Term:     []byte(c.Term),
			Start:    folded.Original(c.Start),
			End:      folded.Original(c.End),
			Position: position,
			Type:     kind,
		}
		stream[i] = &tokens[i]
	}
	return stream
}
