// SPDX-License-Identifier: Apache-2.0
/** What every face says of jobs, queues and all else, and how it reads specifications. Unstable: for the host's own bundles. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.views.api;
