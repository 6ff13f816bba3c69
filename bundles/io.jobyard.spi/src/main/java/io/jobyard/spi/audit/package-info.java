// SPDX-License-Identifier: Apache-2.0
/** The audit: its rows, its store, and its chain of keyed hashes. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.audit;
