package pdfium

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// withMemory has PDFium's memory reserved as a whole, so that it grows in place. By default it
// grows by copying, which takes three times as much, and stays in Go's heap until garbage is
// collected.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(reserve))
}

// reserve returns memory of which only those pages take any that were written to.
func reserve(_, most uint64) experimental.LinearMemory {
	all, err := unix.Mmap(-1, 0, int(most), unix.PROT_READ|unix.PROT_WRITE,
		unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_NORESERVE)
	if err != nil {
		return &copied{most: most} // there isn't that much: it may be enough for this document
	}
	return &reserved{all}
}

type reserved struct{ all []byte }

func (m *reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

func (m *reserved) Free() {
	if m.all != nil {
		_ = unix.Munmap(m.all) // it was mapped
		m.all = nil
	}
}

// copied is memory that grows by copying.
type copied struct {
	all  []byte
	most uint64
}

func (m *copied) Reallocate(size uint64) []byte {
	if size > m.most {
		return nil
	}
	grown := make([]byte, size)
	copy(grown, m.all)
	m.all = grown
	return m.all
}

func (m *copied) Free() { m.all = nil }
