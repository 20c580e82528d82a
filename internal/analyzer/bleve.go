package analyzer

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"xunwen/internal/textnorm"
)

// Names under which bleve knows the tokenizers and analyzers of this package.
// All take the config key "dict", the folder of dictionaries (see
// Install); without it they take the program's own, which is right for trying
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
	return tokenizer{a.Folder, a.Words}, nil
}

func newGramsTokenizer(config map[string]any, _ *registry.Cache) (analysis.Tokenizer, error) {
	folder, name, err := configured(config)
	if err != nil {
		return nil, err
	}
	f, err := readFile(folder, name, scriptFile)
	if err != nil {
		return nil, err
	}
	fold, err := parseScript(f)
	if err != nil {
		return nil, err
	}
	return tokenizer{fold, Grams}, nil
}

func openConfigured(config map[string]any) (*Analyzer, error) {
	folder, name, err := configured(config)
	if err != nil {
		return nil, err
	}
	return open(folder, name)
}

// configured returns the folder that a config names, and its name.
func configured(config map[string]any) (fs.FS, string, error) {
	value, given := config[DictKey]
	if !given {
		return dictionaries()
	}
	dir, ok := value.(string)
	if !ok || dir == "" {
		return nil, "", fmt.Errorf("%q is %v: want the path of a folder of dictionaries", DictKey, value)
	}
	return os.DirFS(dir), dir, nil
}

func newWordsAnalyzer(config map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
	return newAnalyzer(WordsTokenizer, newWordsTokenizer, config, cache)
}

func newGramsAnalyzer(config map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
	return newAnalyzer(GramsTokenizer, newGramsTokenizer, config, cache)
}

// newAnalyzer shares the cache's tokenizer with others that name no folder, so
// that one index loads the dictionaries once.
func newAnalyzer(name string, build registry.TokenizerConstructor, config map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
	if _, given := config[DictKey]; !given {
		build = func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) { return cache.TokenizerNamed(name) }
	}
	t, err := build(config, cache)
	if err != nil {
		return nil, err
	}
	return &analysis.DefaultAnalyzer{Tokenizer: t}, nil
}

// tokenizer folds text, cuts it and maps the tokens to the original.
type tokenizer struct {
	fold textnorm.Folder
	cut  func(folded string) []Token
}

// Tokenize gives tokens whose Start and End are bytes of input. Tokens that
// begin at the same character share a position, which counts beginnings.
func (t tokenizer) Tokenize(input []byte) analysis.TokenStream {
	folded := t.fold.Fold(string(input))
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
