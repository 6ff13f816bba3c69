// SPDX-License-Identifier: Apache-2.0
/** Declarations of operations, from which all interfaces of the host are derived. Unstable. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.operations.api;
