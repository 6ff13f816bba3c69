// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobInterceptor;

/** Registered interceptor and its current runs. */
record Interceptor(String name, JobInterceptor service, RunsInside runs) {

    @Override
    public String toString() {
        return name;
    }
}
