/**
 * Unmodified products with a form for an SMTP server, run with the jars beside them, and their forms filled in as
 * docs/applications.md says. `mvn verify -Pproducts` runs them.
 */
package io.flaremail.products;
