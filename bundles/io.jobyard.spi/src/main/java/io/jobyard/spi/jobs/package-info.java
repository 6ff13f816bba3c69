// SPDX-License-Identifier: Apache-2.0
/** Values of a job as the engine and the store see it, and the changes that are stored together. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.jobs;
