// SPDX-License-Identifier: Apache-2.0
/**
 * Views, which define the JSON of jobs, queues and all other objects in every interface, and readers of job specifications. Unstable:
 * for the host's own bundles.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.views.api;
