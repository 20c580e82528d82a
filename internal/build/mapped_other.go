//go:build !linux

package build

// boundMapped does nothing here: other systems drop pages of mapped files by
// themselves, or take no such advice.
func (b *builder) boundMapped(int64) (stop func()) { return func() {} }
