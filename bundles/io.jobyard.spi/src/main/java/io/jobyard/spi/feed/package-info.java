// SPDX-License-Identifier: Apache-2.0
/** The feed of committed changes: who hears of them in memory, and who follows them in the store. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.feed;
