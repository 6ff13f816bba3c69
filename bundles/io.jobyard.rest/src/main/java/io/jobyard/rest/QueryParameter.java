// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

/**
 * Something that may stand in the query of a request.
 *
 * @param kind what it may be; several texts are given by naming it several times
 * @param meaning what it says
 * @param required whether a request must have it
 */
record QueryParameter(String name, ValueKind kind, String meaning, boolean required) {

    static QueryParameter text(String name, String meaning) {
        return new QueryParameter(name, ValueKind.TEXT, meaning, false);
    }

    static QueryParameter texts(String name, String meaning) {
        return new QueryParameter(name, ValueKind.TEXTS, meaning, false);
    }

    static QueryParameter whole(String name, String meaning) {
        return new QueryParameter(name, ValueKind.WHOLE, meaning, false);
    }

    /** Returns this parameter for a route that cannot answer without it. */
    QueryParameter mandatory() {
        return new QueryParameter(name, kind, meaning, true);
    }
}
