// SPDX-License-Identifier: Apache-2.0
/** The feed of committed changes, its listeners in memory, and its followers in the store. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.feed;
