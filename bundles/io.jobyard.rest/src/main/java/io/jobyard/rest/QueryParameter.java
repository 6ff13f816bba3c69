// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

/**
 * Something that may stand in the query of a request.
 *
 * @param name its name
 * @param kind what it may be; several texts are given by naming it several times
 * @param meaning what it says
 */
record QueryParameter(String name, ValueKind kind, String meaning) {

    static QueryParameter text(String name, String meaning) {
        return new QueryParameter(name, ValueKind.TEXT, meaning);
    }

    static QueryParameter whole(String name, String meaning) {
        return new QueryParameter(name, ValueKind.WHOLE, meaning);
    }

    static QueryParameter flag(String name, String meaning) {
        return new QueryParameter(name, ValueKind.FLAG, meaning);
    }
}
