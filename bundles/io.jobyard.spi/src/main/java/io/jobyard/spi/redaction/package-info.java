// SPDX-License-Identifier: Apache-2.0
/** Replaces secrets in all output of a run. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.redaction;
