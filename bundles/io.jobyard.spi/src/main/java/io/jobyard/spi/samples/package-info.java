// SPDX-License-Identifier: Apache-2.0
/** Stored samples of the numbers of jobs. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.samples;
