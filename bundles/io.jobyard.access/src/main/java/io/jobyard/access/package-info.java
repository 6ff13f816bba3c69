// SPDX-License-Identifier: Apache-2.0
/** Access control by roles. */
@org.jspecify.annotations.NullMarked
package io.jobyard.access;
