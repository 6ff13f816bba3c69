// SPDX-License-Identifier: Apache-2.0
/** Handlers that the host serves, the rules of their types, and their files. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.handlers;
