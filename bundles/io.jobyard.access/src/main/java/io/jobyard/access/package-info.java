// SPDX-License-Identifier: Apache-2.0
/** Who may do what: roles. */
@org.jspecify.annotations.NullMarked
package io.jobyard.access;
