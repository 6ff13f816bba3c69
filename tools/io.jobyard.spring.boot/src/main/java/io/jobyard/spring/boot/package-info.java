// SPDX-License-Identifier: Apache-2.0
/** Starter for Spring Boot applications that submit jobs to a host. */
@org.jspecify.annotations.NullMarked
package io.jobyard.spring.boot;
