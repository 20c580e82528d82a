package pdf

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// fonts is all that PDFium sees of a disk: fonts that draw every character as a box, in
// place of those that a file refers to and doesn't have. Without them, PDFium omits
// characters of such a font that are drawn one by one, because it finds nothing there.
// testdata/gen writes them.
//
//go:embed fonts/usr/share/fonts/boxes.ttc
var fonts embed.FS

// maxMemory bounds the memory of PDFium for one document, in pages of 64 KB: 1
// GB. An issue of a hundred pages with photographs takes a few hundred MB.
const maxMemory = 1 << 30 >> 16

// Engine is an instance of PDFium, started when the first document is opened. It
// must not be used concurrently.
type Engine struct {
	cacheDir string
	cache    wazero.CompilationCache
	pool     pdfium.Pool
	instance pdfium.Pdfium
}

// NewEngine returns an engine that is not started yet. Compiling PDFium takes 2
// to 3 seconds, or a tenth of that with the result cached below cacheDir. If
// cacheDir is "" or unusable, only that time is lost.
func NewEngine(cacheDir string) *Engine { return &Engine{cacheDir: cacheDir} }

// start prepares a fresh instance: each document has its own, so that none
// suffers from the memory or the damage of another.
func (e *Engine) start(ctx context.Context) error {
	if e.pool == nil {
		if err := e.compile(); err != nil {
			return fmt.Errorf("PDFium does not start: %w", err)
		}
	}
	instance, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return fmt.Errorf("PDFium does not start: %w", err)
	}
	e.instance = instance
	return nil
}

func (e *Engine) compile() error {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium's setjmp
		WithMemoryLimitPages(maxMemory)
	if e.cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(e.cacheDir, "wazero")); err == nil {
			e.cache = cache
			config = config.WithCompilationCache(cache)
		}
	}
	root, err := fs.Sub(fonts, "fonts")
	if err != nil {
		return err
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig().WithFSMount(root, "/"), // the default is the whole disk
		Stdout:        io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return err
	}
	e.pool = pool
	return nil
}

// stop frees the memory of a document.
func (e *Engine) stop() error {
	if e.instance == nil {
		return nil
	}
	err := e.instance.Close()
	e.instance = nil
	return err
}

// Close stops PDFium if it was started.
func (e *Engine) Close() error {
	errs := []error{e.stop()}
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
		e.pool = nil
	}
	if e.cache != nil {
		errs = append(errs, e.cache.Close(context.Background()))
		e.cache = nil
	}
	return errors.Join(errs...)
}
