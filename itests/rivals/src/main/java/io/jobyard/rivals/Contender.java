// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/** A column of the tables: the host, or a library, on a database. */
interface Contender {

    /** Name, a comma and the database. */
    String title();

    /** Starts a process on an empty database. */
    Session open() throws Exception;
}
