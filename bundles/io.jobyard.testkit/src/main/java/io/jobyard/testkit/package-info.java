// SPDX-License-Identifier: Apache-2.0
/** Support for tests of the host's bundles, and of bundles that use the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit;
