package example;

import java.io.IOException;
import java.util.Collections;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.servlet.ServletContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A web application that makes its own mail session, from the parameters of its context. */
public class OwnSession extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletContext context = getServletContext();
        Properties properties = new Properties();
        for (String name : Collections.list(context.getInitParameterNames())) {
            properties.setProperty(name, context.getInitParameter(name));
        }
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(properties));
            message.setFrom(new InternetAddress("billing@example.com"));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("ada@example.org"));
            message.setSubject("From a WAR");
            message.setText("with a mail jar of its own");
            Transport.send(message);
            response.getWriter().print("sent");
        } catch (Throwable e) {
            response.getWriter().print(e);
        }
    }
}
