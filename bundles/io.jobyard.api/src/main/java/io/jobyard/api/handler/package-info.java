// SPDX-License-Identifier: Apache-2.0
/** API for handler bundles, which do one type of work. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.bundle.Capability(
        namespace = "osgi.implementation",
        name = HandlesJob.IMPLEMENTATION,
        version = HandlesJob.API_VERSION)
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.handler;
