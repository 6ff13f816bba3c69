// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of the host's own bundles, what is kept of them in files, and the instance they are in. Unstable: nobody
 * else should build on it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.settings.api;
