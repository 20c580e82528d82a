package pdfium

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// fonts is all that PDFium sees of a disk: fonts that draw every character as a box, in
// place of those that a file refers to and doesn't have. Without them, PDFium omits
// characters of such a font that are drawn one by one, because it finds nothing there.
// ../pdf/testdata/gen writes them.
//
//go:embed fonts/usr/share/fonts/boxes.ttc
var fonts embed.FS

// maxMemory bounds the memory of PDFium for one document in bytes, the file itself included. An
// issue of a hundred pages with photographs takes a few hundred MB.
const maxMemory = 512 << 20

// library is PDFium in this process. It has one document at a time.
type library struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium // of the open document, nil if there is none
	document references.FPDF_DOCUMENT
}

// newLibrary compiles PDFium.
func newLibrary(cacheDir string) (*library, error) {
	const pageSize = 64 << 10 // of WebAssembly
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium's setjmp
		WithMemoryLimitPages(maxMemory / pageSize)
	if cacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(cacheDir, "wazero")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	root, err := fs.Sub(fonts, "fonts")
	if err != nil {
		return nil, err
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: withMemory(context.Background()),
		MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig().WithFSMount(root, "/"), // the default is the whole disk
		Stdout:        io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	return &library{pool: pool}, nil
}

// open opens a document in a fresh instance, so that none suffers from the memory or the damage
// of another.
func (l *library) open(ctx context.Context, data []byte) answer {
	l.close()
	instance, err := l.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return answer{Failed: "PDFium does not start: " + firstLine(err)}
	}
	l.instance = instance
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		l.close()
		return answer{Failed: openError(err).Error()}
	}
	const large = 16 << 20
	if len(data) > large { // PDFium has a copy
		debug.FreeOSMemory()
	}
	l.document = opened.Document
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		l.close()
		return answer{Failed: "broken PDF: " + firstLine(err)}
	}
	return answer{Pages: count.PageCount}
}

// openError turns PDFium's error into one that says what to do.
func openError(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return errors.New("encrypted PDF: save it without a password")
	case errors.Is(err, pdfiumerrors.ErrSecurity):
		return errors.New("encrypted PDF with an unsupported method: save it without encryption")
	case errors.Is(err, pdfiumerrors.ErrFormat):
		return errors.New("broken PDF: its structure is damaged, or its end is missing")
	case isTrap(err):
		return fmt.Errorf("broken PDF, or opening it takes more than %d MiB of memory", maxMemory>>20)
	}
	return fmt.Errorf("broken PDF: %s", firstLine(err))
}

// isTrap reports whether an error stopped PDFium in the middle of something. Its text is a stack
// trace.
func isTrap(err error) bool { return strings.Contains(err.Error(), "wasm error") }

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// page reads page i, counted from 0. PDFium isn't used on after it stopped in the middle of
// something: the document is closed then.
func (l *library) page(i int) (a answer) {
	if l.instance == nil {
		return answer{Failed: "no document is open", Broken: true, Damaged: true}
	}
	a, err := l.characters(i)
	var load *loadError
	switch {
	case err == nil:
		return a
	case isTrap(err):
		l.close()
		return answer{Failed: firstLine(err), Broken: true, Damaged: true}
	case errors.As(err, &load):
		return answer{Failed: firstLine(load.reason), Broken: true}
	}
	return answer{Failed: firstLine(err)}
}

// close frees the memory of the open document, whatever state PDFium is in.
func (l *library) close() {
	if l.instance != nil {
		_ = l.instance.Kill() // it returns the error of closing, which frees all the same
		l.instance = nil
	}
}
