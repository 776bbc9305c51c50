// The one library that is no module: apart, so that what makes it one comes with it alone.
export { default } from "meta-png";
