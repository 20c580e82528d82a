//go:build !unix

package source

const onlyFiles = 0
