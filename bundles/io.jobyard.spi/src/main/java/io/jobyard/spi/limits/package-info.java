// SPDX-License-Identifier: Apache-2.0
/** Definitions of limits and quotas, their usage by runs, and the storage of both. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.limits;
