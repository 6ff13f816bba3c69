// SPDX-License-Identifier: Apache-2.0
/** Definitions of limits and quotas, what runs use of them, and how both are stored. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.limits;
