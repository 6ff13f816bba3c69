// SPDX-License-Identifier: Apache-2.0
/** Tests of a bundle together with the host's own bundles, with Pax Exam. */
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit.container;
