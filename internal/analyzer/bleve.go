package analyzer

import (
	"fmt"
	"os"
	"sync"
	"weak"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"xunwen/internal/textnorm"
)

// Names under which a program that imports this package finds its tokenizers
// and analyzers in bleve's registry. The mapping of an index names the
// analyzers, so that plain bleve opens it and analyzes queries as its texts were
// analyzed.
//
// Without configuration all use the program's own dictionaries, loaded when the
// first text is analyzed, once for all indexes of a program: opening an index
// stays cheap for those who don't search by bleve. A mapping may define an
// analyzer of the same type with the key DictKey, a folder of dictionaries such
// as the folder "analyzer" of a generation, which is loaded at once:
//
//	m.AddCustomAnalyzer("own", map[string]any{"type": analyzer.WordsAnalyzer, analyzer.DictKey: dir})
//
// bleve does not say when it has finished with an analyzer: the memory is freed
// when Go's garbage collector finds it.
const (
	WordsTokenizer = "jieba"
	GramsTokenizer = "han_grams"
	WordsAnalyzer  = "jieba"
	GramsAnalyzer  = "han_grams"
	DictKey        = "dict"
)

func init() {
	must := func(err error) {
		if err != nil { // the name is registered twice in one program: a programming error
			panic(err)
		}
	}
	own := new(ownDictionaries)
	words, grams := constructor(own.words, openWords), constructor(own.grams, openGrams)
	must(registry.RegisterTokenizer(WordsTokenizer, words))
	must(registry.RegisterTokenizer(GramsTokenizer, grams))
	must(registry.RegisterAnalyzer(WordsAnalyzer, analyzerOf(WordsTokenizer, words)))
	must(registry.RegisterAnalyzer(GramsAnalyzer, analyzerOf(GramsTokenizer, grams)))
}

// constructor makes tokenizers as a configuration says: own with the program's
// dictionaries, open with those of a folder.
func constructor(own func() tokenizer, open func(dir string) (tokenizer, error)) registry.TokenizerConstructor {
	return func(config map[string]any, _ *registry.Cache) (analysis.Tokenizer, error) {
		value, configured := config[DictKey]
		if !configured {
			if _, _, err := dictionaries(); err != nil {
				return nil, err
			}
			return lazyTokenizer{sync.OnceValue(own)}, nil
		}
		dir, isString := value.(string)
		if !isString || dir == "" {
			return nil, fmt.Errorf("%q is %v: want the path of a folder of dictionaries", DictKey, value)
		}
		return open(dir)
	}
}

// analyzerOf makes analyzers of one tokenizer and no filters. Without
// configuration they share the tokenizer of the cache, that is of the index.
func analyzerOf(name string, configuredBy registry.TokenizerConstructor) registry.AnalyzerConstructor {
	return func(config map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
		build := configuredBy
		if _, configured := config[DictKey]; !configured {
			build = func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
				return cache.TokenizerNamed(name)
			}
		}
		t, err := build(config, cache)
		if err != nil {
			return nil, err
		}
		return &analysis.DefaultAnalyzer{Tokenizer: t}, nil
	}
}

func openWords(dir string) (tokenizer, error) {
	a, err := Open(dir)
	if err != nil {
		return tokenizer{}, err
	}
	return tokenizer{a.Folder, a.Words}, nil
}

func openGrams(dir string) (tokenizer, error) {
	folder, err := openFolder(os.DirFS(dir), dir)
	return tokenizer{folder, Grams}, err
}

// ownDictionaries shares one Analyzer with the program's dictionaries among all
// tokenizers that are in use.
type ownDictionaries struct {
	mu     sync.Mutex
	shared weak.Pointer[Analyzer]
}

// words and grams panic where the dictionaries that come with the program can't
// be read: bleve's Tokenizer has no errors, and without tokens a text would not
// be found.
func (o *ownDictionaries) words() tokenizer {
	o.mu.Lock()
	defer o.mu.Unlock()
	a := o.shared.Value()
	if a == nil {
		folder, name, err := dictionaries()
		if err == nil {
			a, err = open(folder, name)
		}
		if err != nil {
			panic(fmt.Errorf("dictionaries of the program: %w", err))
		}
		o.shared = weak.Make(a)
	}
	return tokenizer{a.Folder, a.Words}
}

func (o *ownDictionaries) grams() tokenizer {
	folder, err := NewFolder()
	if err != nil {
		panic(fmt.Errorf("dictionaries of the program: %w", err))
	}
	return tokenizer{folder, Grams}
}

// lazyTokenizer loads its dictionaries with the first text.
type lazyTokenizer struct{ tokenizer func() tokenizer }

func (l lazyTokenizer) Tokenize(input []byte) analysis.TokenStream {
	return l.tokenizer().Tokenize(input)
}

// tokenizer folds and segments text and maps the tokens to the original.
type tokenizer struct {
	fold    textnorm.Folder
	segment func(folded string) []Token
}

// Tokenize returns tokens whose Start and End are byte offsets of input. Tokens
// that begin at the same character share a position.
func (t tokenizer) Tokenize(input []byte) analysis.TokenStream {
	folded := t.fold.Fold(string(input))
	segmented := t.segment(folded.Text)
	tokens := make([]analysis.Token, len(segmented))
	stream := make(analysis.TokenStream, len(segmented))
	position, start := 0, -1
	for i, s := range segmented {
		if s.Start != start {
			position, start = position+1, s.Start
		}
		kind := analysis.AlphaNumeric
		if hasHan(s.Term) {
			kind = analysis.Ideographic
		}
		from, to := folded.Span(s.Start, s.End)
		tokens[i] = analysis.Token{
			Term:     []byte(s.Term),
			Start:    from,
			End:      to,
			Position: position,
			Type:     kind,
		}
		stream[i] = &tokens[i]
	}
	return stream
}
