// SPDX-License-Identifier: Apache-2.0
/** Replaces the secrets that a run was given in all that it hands to the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.redaction;
