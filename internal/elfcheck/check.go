package main

import (
	"debug/elf"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// check returns an error with a line for each protection that a program lacks.
func check(name string) error {
	f, err := elf.Open(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer f.Close()
	var lacks []error
	require := func(has bool, what string) {
		if !has {
			lacks = append(lacks, fmt.Errorf("%s: %s", name, what))
		}
	}
	require(f.Type == elf.ET_DYN && flag(f, elf.DT_FLAGS_1, uint64(elf.DF_1_PIE)),
		"its addresses are fixed: build it with -buildmode=pie")
	require(slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_GNU_RELRO }) &&
		flag(f, elf.DT_FLAGS, uint64(elf.DF_BIND_NOW)),
		"its relocations stay writable: link it with -bindnow")
	require(!slices.ContainsFunc(f.Progs, executableData), "a segment can be written and executed")
	require(!flag(f, elf.DT_FLAGS, uint64(elf.DF_TEXTREL)), "its code has relocations")
	imported, err := f.ImportedSymbols()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	require(slices.ContainsFunc(imported, func(s elf.ImportedSymbol) bool { return s.Name == "__stack_chk_fail" }),
		"its C++ has no stack protector: -fstack-protector-strong is not in CGO_CXXFLAGS")
	require(slices.ContainsFunc(imported, isFortified),
		"its C++ is not fortified: -D_FORTIFY_SOURCE=3 is not in CGO_CXXFLAGS")
	return errors.Join(lacks...)
}

// flag reports whether an entry of the dynamic section has a bit.
func flag(f *elf.File, tag elf.DynTag, bit uint64) bool {
	values, err := f.DynValue(tag)
	return err == nil && slices.ContainsFunc(values, func(v uint64) bool { return v&bit != 0 })
}

// executableData reports whether a segment is both writable and executable. The stack is a segment too.
func executableData(p *elf.Prog) bool {
	return (p.Type == elf.PT_LOAD || p.Type == elf.PT_GNU_STACK) && p.Flags&elf.PF_W != 0 && p.Flags&elf.PF_X != 0
}

// isFortified reports whether a symbol is a function of glibc that checks the size of its buffer.
func isFortified(s elf.ImportedSymbol) bool {
	return strings.HasPrefix(s.Name, "__") && strings.HasSuffix(s.Name, "_chk")
}
