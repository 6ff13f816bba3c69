// SPDX-License-Identifier: Apache-2.0
/** Who calls, which permission each operation takes, and whether the caller has it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.access;
